/* wrap.h - a function in the place of one of the system's, by the linker's --wrap. */
#ifndef FAULT_WRAP_H
#define FAULT_WRAP_H

#include <fcntl.h>
#include <stdarg.h>

/* Begins the definition: what follows is the body, which may call __real_NAME(). */
#define WRAP(type, name, parameters)                                                               \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters

/* The mode that open() was given behind its flags. */
static inline unsigned mode_of(int flags, va_list rest)
{
    return flags & O_CREAT ? va_arg(rest, unsigned) : 0;
}

#endif
