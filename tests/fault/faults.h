/* Makes the n-th system call that changes the disk fail, or kills the process there. Counted
 * are open (when it creates), write, close, fsync, mkdir, rename, renameat2, unlink, rmdir:
 * those of the code under test, which the linker sends here (--wrap). */
#ifndef FAULT_FAULTS_H
#define FAULT_FAULTS_H

typedef enum fault_kind {
    FAULT_NONE,      /* only count */
    FAULT_KILL,      /* SIGKILL before the n-th call is made */
    FAULT_KILL_HALF, /* the same, but when it is a write, half of it is made first */
    FAULT_EIO,       /* the n-th call fails with EIO, once */
    FAULT_FULL /* from the n-th on, what needs room fails with ENOSPC; a write is made by half
                  first */
} fault_kind;

void fault_arm(fault_kind kind, long n,
               int has_exchange); /* without exchange renameat2() says EINVAL, always */
long fault_disarm(void);          /* how many calls there were */

#endif
