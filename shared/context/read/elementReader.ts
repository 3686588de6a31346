/**
 * Walks the elements of a document, in XML or binary, one after the other. A reader begins outside the root.
 * The fields tell of the element entered last.
 */
export interface ElementReader {
  readonly name: string;
  readonly isNil: boolean;
  /** Local name and namespace of `i:type`; '' where there is none. */
  readonly type: string;
  readonly typeNamespace: string;
  /** Enters the next child of the open element; false when there is none, and then the open element is left. */
  enter(): boolean;
  /** The text of the open element, which is left. Binary values are given as the text that XML has. */
  text(): string;
  /** Leaves the open element with everything in it. */
  skip(): void;
  /** Checks that nothing follows the root. */
  end(): void;
}
