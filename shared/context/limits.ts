/**
 * Deepest nesting of objects and arrays that is read or written, in all formats. A ParentContext adds one level, and
 * a value deep inside a context adds at most about twelve, so a chain of 100 parent contexts passes with room to spare.
 */
export const maxJsonDepth = 256;

/** The same bound for elements of XML and binary: an item of a collection is two elements where JSON has one object. */
export const maxElementDepth = 1024;

/** Longest names of elements and prefixes in a binary document, in bytes; Dataverse's longest is 60. */
export const maxNameBytes = 1024;
