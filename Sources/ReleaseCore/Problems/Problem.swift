/// Something that went wrong outside, told so that a person can act on it.
package protocol Problem: Error, Sendable, Equatable {
  /// What happened, in one sentence.
  var what: String { get }
  /// Why, in the other party's words, secrets removed; empty when there is nothing to add.
  var why: String { get }
  /// What a person does about it, or `No action: …`.
  var nextStep: String { get }
  /// What the controller does about it.
  var handling: Handling { get }
  /// A stable code, listed in docs/errors.md: `registry.version-missing`.
  var code: String { get }
  /// For how long the other party asks to be left alone; nil when it does not say.
  var retryAfter: Duration? { get }
}

extension Problem {
  /// Most say nothing of it.
  package var retryAfter: Duration? { nil }
}

/// What the controller does about a problem.
package enum Handling: String, Sendable, Codable {
  /// Try again later: it may pass by itself.
  case retry
  /// Stop the release and wait for a person or a new declaration.
  case hold
  /// Give up what was asked: the same call would fail again.
  case stop
}

/// A problem as it is kept in the journal and shown.
package struct ProblemRecord: Sendable, Equatable, Codable, Problem {
  /// What happened.
  package var what: String
  /// Why.
  package var why: String
  /// What a person does.
  package var nextStep: String
  /// What the controller does.
  package var handling: Handling
  /// The stable code.
  package var code: String
  /// For how long the other party asks to be left alone; nil when it does not say.
  package var retryAfter: Duration?

  /// Keeps a problem's texts.
  package init(_ problem: some Problem) {
    what = problem.what
    why = problem.why
    nextStep = problem.nextStep
    handling = problem.handling
    code = problem.code
    retryAfter = problem.retryAfter
  }

  /// Makes a record from its parts.
  package init(what: String, why: String, nextStep: String, handling: Handling, code: String) {
    self.what = what
    self.why = why
    self.nextStep = nextStep
    self.handling = handling
    self.code = code
  }
}
