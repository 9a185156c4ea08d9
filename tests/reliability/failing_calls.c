// Preloaded into a command, lets one call of one function fail, as a bad disk or a lack of memory
// would (test_faults.py):
//
//   FAULT_CALL    open (for writing), mkdir, write (and pwrite), ftruncate, fsync, rename (and
//                 renameat2), malloc (and its relatives)
//   FAULT_AT      which call fails, from 1; 0: none, they are only counted
//   FAULT_ON      "once", or "on": all later ones fail too
//   FAULT_ERRNO   with which errno
//   FAULT_BELOW   only calls on files below this folder are counted
//   FAULT_BY      part of a library's name: only what it allocates is counted
//   FAULT_COUNT   file into which the number of calls is written at the end
//   FAULT_HURRY   how much faster the monotonic clock runs, for what is done every few seconds
//
// Calls are counted from the beginning of main(): before it, nobody could report anything.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const char* wanted = "";
static const char* below = "";
static const char* owner = "";
static long fail_at;
static long hurry = 1;
static atomic_long began; // [ns]
static int fails_on;
static int error_code;
static atomic_long calls;
static atomic_int is_counting;

static const char* setting(const char* name, const char* otherwise) {
  const char* value = getenv(name);
  return value != NULL ? value : otherwise;
}

static int fails_now(void) {
  const long call = atomic_fetch_add(&calls, 1) + 1;
  if (fail_at == 0 || call < fail_at || (call > fail_at && !fails_on))
    return 0;
  errno = error_code;
  return 1;
}

static int is_wanted(const char* call) {
  return is_counting && strcmp(wanted, call) == 0;
}

static int fails_at_path(const char* call, const char* path) {
  return is_wanted(call) && strncmp(path, below, strlen(below)) == 0 && fails_now();
}

static int fails_at_file(const char* call, int file) {
  if (!is_wanted(call))
    return 0;
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = '\0';
  return fails_at_path(call, path);
}

static int open_file(const char* path, int flags, mode_t mode) {
  const int is_for_writing = (flags & O_ACCMODE) != O_RDONLY;
  if (is_for_writing && fails_at_path("open", path))
    return -1;
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = va_arg(more, mode_t);
  va_end(more);
  return open_file(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = va_arg(more, mode_t);
  va_end(more);
  return open_file(path, flags, mode);
}

int mkdir(const char* path, mode_t mode) {
  return fails_at_path("mkdir", path) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

ssize_t write(int file, const void* bytes, size_t length) {
  return fails_at_file("write", file) ? -1 : syscall(SYS_write, file, bytes, length);
}

ssize_t pwrite(int file, const void* bytes, size_t length, off_t at) {
  return fails_at_file("write", file) ? -1 : syscall(SYS_pwrite64, file, bytes, length, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t length, off64_t at) {
  return pwrite(file, bytes, length, at);
}

int ftruncate(int file, off_t length) {
  return fails_at_file("ftruncate", file) ? -1 : (int)syscall(SYS_ftruncate, file, length);
}

int ftruncate64(int file, off64_t length) {
  return ftruncate(file, length);
}

int fsync(int file) {
  return fails_at_file("fsync", file) ? -1 : (int)syscall(SYS_fsync, file);
}

int rename(const char* from, const char* to) {
  if (fails_at_path("rename", from))
    return -1;
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  if (fails_at_path("rename", from))
    return -1;
  return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int failed = (int)syscall(SYS_clock_gettime, clock, now);
  if (failed || clock != CLOCK_MONOTONIC || hurry == 1)
    return failed;
  const long moment = now->tv_sec * 1000000000L + now->tv_nsec;
  long none = 0;
  atomic_compare_exchange_strong(&began, &none, moment);
  const long seen = began + (moment - began) * hurry;
  now->tv_sec = seen / 1000000000L;
  now->tv_nsec = seen % 1000000000L;
  return 0;
}

void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);

// _dl_find_object, as dladdr would look for the function, too, at every call.
static int fails_for(void* caller) {
  struct dl_find_object library;
  if (!is_wanted("malloc"))
    return 0;
  if (*owner != '\0' && (_dl_find_object(caller, &library) != 0 ||
                         strstr(library.dlfo_link_map->l_name, owner) == NULL))
    return 0;
  return fails_now();
}

void* malloc(size_t size) {
  return fails_for(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  return fails_for(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* old, size_t size) {
  return fails_for(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return fails_for(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, size_t alignment, size_t size) {
  *memory = fails_for(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
  return *memory != NULL ? 0 : ENOMEM;
}

typedef int Main(int, char**, char**);
static Main* main_of_command;

static int counting_main(int count, char** words, char** environment) {
  is_counting = 1;
  return main_of_command(count, words, environment);
}

int __libc_start_main(Main* main, int count, char** words, void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void* stack_end) {
  typedef int Start(Main*, int, char**, void (*)(void), void (*)(void), void (*)(void), void*);
  wanted = setting("FAULT_CALL", "");
  below = setting("FAULT_BELOW", "");
  owner = setting("FAULT_BY", "");
  fail_at = atol(setting("FAULT_AT", "0"));
  fails_on = strcmp(setting("FAULT_ON", "once"), "on") == 0;
  error_code = atoi(setting("FAULT_ERRNO", "5"));
  hurry = atol(setting("FAULT_HURRY", "1"));
  main_of_command = main;
  Start* const start = (Start*)dlsym(RTLD_NEXT, "__libc_start_main");
  return start(counting_main, count, words, init, fini, loader_fini, stack_end);
}

__attribute__((destructor)) static void report(void) {
  is_counting = 0;
  const char* const path = getenv("FAULT_COUNT");
  FILE* const file = path != NULL ? fopen(path, "w") : NULL;
  if (file != NULL) {
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
  }
}
