/* What the processor can do. The builder compiles for a set of features; the executable compares it with what is there
 * when it starts. The C library has asked the processor already: to ask again costs a virtual machine microseconds a
 * question. */
#include <string.h>
#include <sys/platform/x86.h>
#include <unistd.h>

#include "amd64cpufeatures.h"

/* Features that are left 0 (AVX-512 and later ones) are not used: an executable for any x86-64 has no code for them. */
void determineCPUFeatures(CPUFeatures *features) {
    memset(features, 0, sizeof *features);
    features->fTSC = CPU_FEATURE_PRESENT(TSC);
    features->fCX8 = CPU_FEATURE_PRESENT(CX8);
    features->fCMOV = CPU_FEATURE_PRESENT(CMOV);
    features->fFLUSH = CPU_FEATURE_PRESENT(CLFSH);
    features->fMMX = CPU_FEATURE_PRESENT(MMX);
    features->fFXSR = CPU_FEATURE_PRESENT(FXSR);
    features->fSSE = CPU_FEATURE_PRESENT(SSE);
    features->fSSE2 = CPU_FEATURE_PRESENT(SSE2);
    features->fHT = CPU_FEATURE_PRESENT(HTT);

    features->fSSE3 = CPU_FEATURE_PRESENT(SSE3);
    features->fCLMUL = CPU_FEATURE_PRESENT(PCLMULQDQ);
    features->fSSSE3 = CPU_FEATURE_PRESENT(SSSE3);
    features->fSSE4_1 = CPU_FEATURE_PRESENT(SSE4_1);
    features->fSSE4_2 = CPU_FEATURE_PRESENT(SSE4_2);
    features->fPOPCNT = CPU_FEATURE_PRESENT(POPCNT);
    features->fAES = CPU_FEATURE_PRESENT(AES);
    features->fHV = CPU_FEATURE_PRESENT(INDEX_1_ECX_31);

    features->fBMI1 = CPU_FEATURE_PRESENT(BMI1);
    features->fBMI2 = CPU_FEATURE_PRESENT(BMI2);
    features->fERMS = CPU_FEATURE_PRESENT(ERMS);
    features->fADX = CPU_FEATURE_PRESENT(ADX);
    features->fFLUSHOPT = CPU_FEATURE_PRESENT(CLFLUSHOPT);
    features->fCLWB = CPU_FEATURE_PRESENT(CLWB);
    features->fSHA = CPU_FEATURE_PRESENT(SHA);
    features->fRDPID = CPU_FEATURE_PRESENT(RDPID);
    features->fFSRM = CPU_FEATURE_PRESENT(FSRM);

    features->fLZCNT = CPU_FEATURE_PRESENT(LZCNT);
    features->fSSE4A = CPU_FEATURE_PRESENT(SSE4A);
    features->fAMD_3DNOW_PREFETCH = CPU_FEATURE_PRESENT(PREFETCHW);
    features->fRDTSCP = CPU_FEATURE_PRESENT(RDTSCP);
    features->fTSCINV = features->fTSCINV_BIT = CPU_FEATURE_PRESENT(INVARIANT_TSC);

    /* These need the kernel too, which must save the wide registers. */
    features->fAVX = CPU_FEATURE_ACTIVE(AVX);
    features->fAVX2 = CPU_FEATURE_ACTIVE(AVX2);
    features->fFMA = CPU_FEATURE_ACTIVE(FMA);
    features->fF16C = CPU_FEATURE_ACTIVE(F16C);
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
