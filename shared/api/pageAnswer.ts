/** A file of the page, as built. */
export interface PageFile {
  readonly contentType: string;
  /** Strong, of the plain bytes. */
  readonly etag: string;
  readonly body: Uint8Array;
  /** The same, compressed. */
  readonly gzip?: Uint8Array;
}

/** What of a request decides the answer. */
export interface PageRequest {
  /** Path of the request, as the caller wrote it. */
  readonly path: string;
  /** What stands behind `page/`; empty for the page itself. */
  readonly file: string;
  readonly ifNoneMatch: string | null;
  readonly acceptEncoding: string | null;
}

export interface PageAnswer {
  readonly status: 200 | 302 | 304 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/**
 * Nothing inline, nothing evaluated, nothing from elsewhere, no frame around it. Fluent's components use constructed
 * style sheets, which a policy of style sheets does not concern.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const guards = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
};

const missing: PageAnswer = {
  status: 404,
  headers: { ...guards, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: 'The page has no such file.',
};

/** Strong and weak forms are equal here: If-None-Match is compared weakly (RFC 9110, 13.1.2). */
const isKnown = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  ifNoneMatch.split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')));

const takesGzip = (acceptEncoding: string | null): boolean =>
  /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?(\s|,|$))/i.test(acceptEncoding ?? '');

const fileAnswer = (found: PageFile, { ifNoneMatch, acceptEncoding }: PageRequest): PageAnswer => {
  const { contentType, etag, body, gzip } = found;
  // Asked again each time, so that a new version of the app is a new page at once.
  const headers = { ...guards, etag: `W/${etag}`, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (isKnown(ifNoneMatch, etag)) return { status: 304, headers };
  const plain = { ...headers, 'content-type': contentType };
  if (gzip === undefined || !takesGzip(acceptEncoding)) return { status: 200, headers: plain, body };
  return { status: 200, headers: { ...plain, 'content-encoding': 'gzip' }, body: gzip };
};

/** Answers for the page: a file that is known, or 404; without the last slash its relative addresses would be wrong. */
export const pageAnswer = (files: ReadonlyMap<string, PageFile>, request: PageRequest): PageAnswer => {
  if (request.file === '' && !request.path.endsWith('/')) {
    // Relative, since a proxy in front may know the app under another prefix.
    const location = `${request.path.slice(request.path.lastIndexOf('/') + 1)}/`;
    return { status: 302, headers: { ...guards, location, 'cache-control': 'no-store' } };
  }
  const found = files.get(request.file === '' ? 'index.html' : request.file);
  return found === undefined ? missing : fileAnswer(found, request);
};
