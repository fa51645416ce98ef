// SPDX-License-Identifier: MIT
// Every stage's library in one program, whole: it links only if no name has two definitions.

int main() {}
