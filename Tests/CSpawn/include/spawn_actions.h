// What posix_spawn does to a child beyond POSIX; Swift does not see these GNU extensions.

#ifndef RELEASE_CSPAWN_H
#define RELEASE_CSPAWN_H

#include <spawn.h>

/// Lets the child work in a folder from its beginning.
int spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder);

/// Closes in the child all files but its input, output and errors.
int spawn_close_others(posix_spawn_file_actions_t *actions);

#endif
