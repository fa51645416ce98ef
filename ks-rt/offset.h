/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * What assembly and C both know. Assembly knows a member of a struct by a number, which is a macro;
 * each such macro has a KS_OFFSET line beside it, so that a member that moves does not compile.
 * tests/ks-rt/offsets.sh finds macros without one. Not for inclusion in assembly.
 */
#ifndef KS_OFFSET_H
#define KS_OFFSET_H

#ifdef __cplusplus
#define KS_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define KS_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

#define KS_OFFSET(name, type, member)                                \
	KS_STATIC_ASSERT((name) == __builtin_offsetof(type, member), \
			 #name " is not where " #member " is")
#define KS_EQUAL(name, value) KS_STATIC_ASSERT((name) == (value), #name " is not " #value)

#endif
