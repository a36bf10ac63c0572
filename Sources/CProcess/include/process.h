// Starting a program in a session of its own, in two steps: first a child that waits, then the
// program in its place. Between the two the caller writes the child's pid down; a caller that is
// killed before it did leaves a child that ends by itself, so no program ever runs unrecorded.
//
// This is C because Swift can call neither fork nor the GNU extensions of posix_spawn, and only
// async-signal-safe functions may run between fork and exec.

#ifndef RELEASE_CPROCESS_H
#define RELEASE_CPROCESS_H

#include <sys/types.h>

/// What to start.
struct process_start {
  /// The program's file, absolute or relative to `directory`.
  const char *program;
  /// Its arguments, the name first, NULL last.
  char *const *arguments;
  /// Its variables, NULL last.
  char *const *variables;
  /// Where it works.
  const char *directory;
  /// The file that takes its output and its errors.
  int output;
};

/// Makes a child that waits for process_release, leads a session of its own and holds none of the
/// caller's files, ignored signals or blocked signals.
///
/// Answers the child's pid and sets `gate`; or answers the negative errno.
pid_t process_hold(const struct process_start *start, int *gate);

/// Lets the held child become the program. Closing the gate without it ends the child.
///
/// Answers 0 when the program runs, else the errno of what failed; the child has ended then.
int process_release(int gate);

#endif
