/** Limits of the Hybrid Connections protocol (Azure documentation, "Azure Relay Hybrid Connections protocol"). */

/** Bodies up to this many bytes go over the control channel; a larger one needs a rendezvous. */
export const mostBytesOnControlChannel = 64 * 1024;

/** All headers of a request together, in bytes. */
export const mostHeaderBytes = 32 * 1024;

/** A listener has to answer within this time, or the sender gets 504. */
export const answerWithinMs = 60_000;

/** How long the address of a rendezvous is good. */
export const rendezvousWithinMs = 30_000;

/** Listeners at a time on one relay. */
export const mostListeners = 25;
