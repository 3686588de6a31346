interface Report {
  readonly configuration?: { readonly faults?: unknown };
}

/** Faults of the configuration that a health report lists; none when it is no report. */
export const configurationFaults = (report: unknown): readonly string[] => {
  if (typeof report !== 'object' || report === null) return [];
  const faults = (report as Report).configuration?.faults;
  return Array.isArray(faults) ? faults.map(String) : [];
};
