const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text of the app with nothing in it that a terminal would obey: escape sequences, and marks that turn its order. */
export const plain = (text: string): string => text.replaceAll('\r\n', '\n').replace(controls, '\ufffd');

/** The same in one line. */
export const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();
