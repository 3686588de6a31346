interface ControlError {
  readonly error: string;
}

/**
 * Asks the controls of a program; `controlUrl` is what the program says when it is ready.
 *
 * @throws Error with the program's own words when it refuses.
 */
export const callControl = async (
  controlUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> => {
  const response = await fetch(`${controlUrl}/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.ok) return response;
  const { error } = (await response.json()) as ControlError;
  throw new Error(error);
};

/** A name with slashes as a path of the controls. */
export const controlPathOf = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
