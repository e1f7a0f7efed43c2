/* The functions that the JDK's static libraries expect of a JVM, as far as an executable can come to call them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Locks. */

void *JVM_RawMonitorCreate(void) {
    pthread_mutex_t *mutex = malloc(sizeof *mutex);
    if (mutex && pthread_mutex_init(mutex, NULL) != 0) {
        free(mutex);
        mutex = NULL;
    }
    return mutex;
}

void JVM_RawMonitorDestroy(void *mutex) {
    pthread_mutex_destroy(mutex);
    free(mutex);
}

int JVM_RawMonitorEnter(void *mutex) {
    return pthread_mutex_lock(mutex);
}

void JVM_RawMonitorExit(void *mutex) {
    pthread_mutex_unlock(mutex);
}

/* Formatting: unlike the C library's, a text that is cut off ends in a zero byte and gives -1. */

int jio_vsnprintf(char *text, size_t size, const char *format, va_list arguments) {
    int length = size == 0 ? -1 : vsnprintf(text, size, format, arguments);
    return length >= 0 && (size_t)length < size ? length : -1;
}

int jio_snprintf(char *text, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = jio_vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return length;
}

int jio_vfprintf(FILE *file, const char *format, va_list arguments) {
    return vfprintf(file, format, arguments);
}

int jio_fprintf(FILE *file, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(file, format, arguments);
    va_end(arguments);
    return length;
}

/* Time. */

static long nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

long JVM_NanoTime(void *environment, void *class) {
    (void)environment;
    (void)class;
    return nanoseconds(CLOCK_MONOTONIC);
}

long JVM_CurrentTimeMillis(void *environment, void *class) {
    (void)environment;
    (void)class;
    return nanoseconds(CLOCK_REALTIME) / 1000000;
}

/* The process. */

int JVM_ActiveProcessorCount(void) {
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) == 0) {
        return CPU_COUNT(&processors);
    }
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

void JVM_BeforeHalt(void) {
}

void JVM_Halt(int status) {
    _exit(status);
}

char *JVM_NativePath(char *path) {
    return path;
}

void *JVM_FindLibraryEntry(void *library, const char *name) {
    return dlsym(library, name);
}

int JVM_GetInterfaceVersion(void) {
    return 6;
}

/* C functions of many arguments, for callers that cannot pass a variable number of them. */

int openSII(const char *path, int flags, int mode) {
    return open(path, flags, mode);
}

int fprintfSD(FILE *file, const char *format, char *text, int number) {
    return fprintf(file, format, text, number);
}
