#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static const char go = 'g';

/// The gate's number in the child: the first after input, output and errors.
enum { child_gate = 3 };

/// Tells the caller which call failed the child, and ends it.
static void give_up(int gate) {
  int error = errno;
  ssize_t ignored = send(gate, &error, sizeof error, MSG_NOSIGNAL);
  (void)ignored;
  _exit(127);
}

/// The caller's ignored signals would otherwise stay ignored in the program, SIGTERM among them.
static void reset_signals(void) {
  struct sigaction plain = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &plain, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/// Moves the files to their places; a number may be in another's way, so copies go high first.
static void arrange_files(int output, int gate) {
  int empty = open("/dev/null", O_RDONLY);
  int high_empty = fcntl(empty, F_DUPFD, child_gate + 1);
  int high_output = fcntl(output, F_DUPFD, child_gate + 1);
  int high_gate = fcntl(gate, F_DUPFD, child_gate + 1);
  if (high_empty < 0 || high_output < 0 || high_gate < 0) give_up(gate);
  if (dup2(high_empty, 0) < 0 || dup2(high_output, 1) < 0 || dup2(high_output, 2) < 0 ||
      dup3(high_gate, child_gate, O_CLOEXEC) < 0)
    give_up(high_gate);
  if (close_range(child_gate + 1, ~0U, 0) == 0) return;
  // Kernels before 5.9 have no close_range.
  long limit = sysconf(_SC_OPEN_MAX);
  for (int number = child_gate + 1; number < limit; number++) close(number);
}

static void become(const struct process_start *start, int gate) {
  setsid();
  arrange_files(start->output, gate);
  reset_signals();
  char word = 0;
  ssize_t count;
  do count = read(child_gate, &word, 1);
  while (count < 0 && errno == EINTR);
  // The caller ended before it recorded us.
  if (count != 1 || word != go) _exit(0);
  if (chdir(start->directory) != 0) give_up(child_gate);
  execve(start->program, start->arguments, start->variables);
  give_up(child_gate);
}

pid_t process_hold(const struct process_start *start, int *gate) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -errno;
  // A handler of the caller must not run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t child = fork();
  if (child == 0) become(start, ends[1]);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return -error;
  }
  *gate = ends[0];
  return child;
}

int process_release(int gate) {
  int error = 0;
  ssize_t count = send(gate, &go, 1, MSG_NOSIGNAL);
  if (count == 1) {
    do count = recv(gate, &error, sizeof error, 0);
    while (count < 0 && errno == EINTR);
    // The end of the stream is the exec closing the child's end.
    if (count == 0) error = 0;
  }
  if (count < 0) error = errno;
  return error;
}
