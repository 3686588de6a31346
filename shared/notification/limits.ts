/**
 * Largest body that is accepted, in bytes. A table row holds at most 1 MiB; 12 binary properties of 64 KiB leave room
 * for the job's own columns. Dataverse itself cuts bodies at 256 KB, so this bound is for other callers.
 */
export const maxBodyBytes = 12 * 64 * 1024;

/** Nested ParentContexts that are read; real ones have been seen two deep, and Dataverse stops a loop far earlier. */
export const maxParentContexts = 64;

/** Faults listed in one answer. */
export const maxFaultsListed = 20;

/** Of a larger body only the first fault is told: looking for all of them takes time that grows with its size. */
export const maxBytesForAllFaults = 16 * 1024;
