/** The text in one of Fluent's inputs, whose value is a property and not in the event. */
export const valueOf = (element: EventTarget | null): string =>
  element !== null && 'value' in element && typeof element.value === 'string' ? element.value : '';
