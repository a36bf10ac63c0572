/// Git could not be run, or said more than is read.
package struct GitFailure: Error, Equatable {
  /// What was to be run, as a person would type it.
  package let command: String
  /// Why it could not be, in one sentence.
  package let why: String
}
