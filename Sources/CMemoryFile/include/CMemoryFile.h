// A file that is in memory only: Swift's Glibc module leaves out what is a GNU extension.

#ifndef RELEASE_CMEMORYFILE_H
#define RELEASE_CMEMORYFILE_H

/// Makes an empty file that no folder names and no program started later inherits.
///
/// Answers its descriptor, or -1 and sets errno.
int memory_file(const char *name);

#endif
