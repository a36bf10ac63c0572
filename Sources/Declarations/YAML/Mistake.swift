import ReleaseCore

/// A mistake in a file, before it is told as a problem.
struct Mistake: Error, Equatable {
  /// Where the mistake stands.
  let place: Place
  /// What is wrong there.
  let why: String
  /// What a person does about it.
  let nextStep: String

  /// The refusal as everyone else sees it.
  var problem: DeclarationProblem {
    .invalid(place: place.description, why: why, nextStep: nextStep)
  }
}
