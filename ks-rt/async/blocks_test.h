/* SPDX-License-Identifier: MIT */
/* Blocks as C has them, for async_test.cpp: compiled by gcc and by clang. */
#ifndef KS_ASYNC_BLOCKS_TEST_H
#define KS_ASYNC_BLOCKS_TEST_H

#ifdef __cplusplus
extern "C" {
#endif

/* Each returns 0 if all was as it should be, else the line of what was not. */
int ks_blocks_order(void);
int ks_blocks_variables(void);
int ks_blocks_nest(void);
int ks_blocks_leave_early(void);
int ks_blocks_errors(void);
int ks_blocks_cancel(void);
int ks_blocks_arrays(void);
int ks_blocks_many(int count);
int ks_blocks_without_a_stack(void);

#ifdef __cplusplus
}
#endif

#endif
