/* What the processor can do. The builder compiles for a set of features; the executable compares it with what is there
 * when it starts. */
#include <cpuid.h>
#include <string.h>
#include <unistd.h>

#include "amd64cpufeatures.h"

/* One register of one leaf of the CPUID instruction, 0 where the processor does not have that leaf. */
enum reg { EAX, EBX, ECX, EDX };
static unsigned cpuid(unsigned leaf, enum reg reg) {
    unsigned regs[4] = {0};
    if (!__get_cpuid_count(leaf, 0, &regs[EAX], &regs[EBX], &regs[ECX], &regs[EDX])) {
        return 0;
    }
    return regs[reg];
}

#define BIT(word, number) ((char)((word) >> (number) & 1))

/* Features that are left 0 (AVX-512 and later ones) are not used: an executable for any x86-64 has no code for them. */
void determineCPUFeatures(CPUFeatures *features) {
    unsigned basic_c = cpuid(1, ECX), basic_d = cpuid(1, EDX);
    unsigned more_b = cpuid(7, EBX), more_c = cpuid(7, ECX), more_d = cpuid(7, EDX);
    unsigned extended_c = cpuid(0x80000001, ECX), extended_d = cpuid(0x80000001, EDX);

    memset(features, 0, sizeof *features);
    features->fTSC = BIT(basic_d, 4);
    features->fCX8 = BIT(basic_d, 8);
    features->fCMOV = BIT(basic_d, 15);
    features->fFLUSH = BIT(basic_d, 19);
    features->fMMX = BIT(basic_d, 23);
    features->fFXSR = BIT(basic_d, 24);
    features->fSSE = BIT(basic_d, 25);
    features->fSSE2 = BIT(basic_d, 26);
    features->fHT = BIT(basic_d, 28);

    features->fSSE3 = BIT(basic_c, 0);
    features->fCLMUL = BIT(basic_c, 1);
    features->fSSSE3 = BIT(basic_c, 9);
    features->fSSE4_1 = BIT(basic_c, 19);
    features->fSSE4_2 = BIT(basic_c, 20);
    features->fPOPCNT = BIT(basic_c, 23);
    features->fAES = BIT(basic_c, 25);
    features->fHV = BIT(basic_c, 31);

    features->fBMI1 = BIT(more_b, 3);
    features->fBMI2 = BIT(more_b, 8);
    features->fERMS = BIT(more_b, 9);
    features->fADX = BIT(more_b, 19);
    features->fFLUSHOPT = BIT(more_b, 23);
    features->fCLWB = BIT(more_b, 24);
    features->fSHA = BIT(more_b, 29);
    features->fRDPID = BIT(more_c, 22);
    features->fFSRM = BIT(more_d, 4);

    features->fLZCNT = BIT(extended_c, 5);
    features->fSSE4A = BIT(extended_c, 6);
    features->fAMD_3DNOW_PREFETCH = BIT(extended_c, 8);
    features->fRDTSCP = BIT(extended_d, 27);
    features->fTSCINV = features->fTSCINV_BIT = BIT(cpuid(0x80000007, EDX), 8);

    /* These need the kernel too, which must save the wide registers; the compiler's own check asks for both. */
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx")) {
        features->fAVX = 1;
        features->fFMA = BIT(basic_c, 12);
        features->fF16C = BIT(basic_c, 29);
        features->fAVX2 = BIT(more_b, 5);
    }
}

/* Whether a feature is missing. `needless` has a byte for each field of CPUFeatures, 0 where the feature is needed. */
int checkCPUFeatures(const unsigned char *needless) {
    CPUFeatures features;
    determineCPUFeatures(&features);
    const unsigned char *present = (const unsigned char *)&features;
    for (size_t i = 0; i < sizeof features; i++) {
        if (!needless[i] && !present[i]) {
            return 1;
        }
    }
    return 0;
}

/* The same as the executable starts; there is nothing yet that could handle an error. */
int checkCPUFeaturesOrExit(const unsigned char *needless, const char *message) {
    if (checkCPUFeatures(needless)) {
        ssize_t ignored = write(STDERR_FILENO, message, strlen(message));
        (void)ignored;
        _exit(1);
    }
    return 0;
}
