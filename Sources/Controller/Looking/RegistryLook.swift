import ReleaseCore

/// What the registry is asked for one decision.
struct RegistryQuestion: Sendable, Equatable {
  var slot: Slot
  var model: ModelName
  var versions: Set<VersionNumber>
  var withMetrics = false

  init(_ environment: Environment, _ versions: [VersionNumber?], withMetrics: Bool = false) {
    slot = environment.slot
    model = environment.model
    self.versions = Set(versions.compactMap { $0 })
    self.withMetrics = withMetrics
  }

  /// What a look asks for.
  init(_ environment: Environment, _ needs: Needs) {
    self.init(environment, [needs.candidate, needs.wayBack], withMetrics: needs.metrics)
  }
}

/// What the registry answered, and when.
struct RegistryLook: Sendable {
  let question: RegistryQuestion
  let survey: Survey
  let at: Moment
  /// When it was asked: no answer is newer than the moment at which it was given.
  let asked: Moment
  /// Whether no step was under way, as far as the journal says, when the registry was asked.
  let isUndisturbed: Bool

  /// A slot that was read back after a write.
  init(pointed version: VersionNumber, in environment: Environment, at now: Moment) {
    question = RegistryQuestion(environment, [])
    survey = Survey(contents: .success([version]), versions: [:])
    (at, asked) = (now, now)
    isUndisturbed = false
  }

  init(
    _ question: RegistryQuestion,
    _ survey: Survey,
    asked: Moment,
    at now: Moment,
    isUndisturbed: Bool
  ) {
    self.question = question
    self.survey = survey
    self.asked = asked
    at = now
    self.isUndisturbed = isUndisturbed
  }

  /// What the slot holds.
  var contents: Seen<[VersionNumber]> { seen(survey.contents) }

  /// What was found of a version; nil when it was not asked for.
  func version(_ number: VersionNumber?) -> Seen<RegisteredVersion>? {
    number.flatMap { survey.versions[$0] }.map(seen)
  }

  /// Whether it says all that a question asks for.
  func answers(_ other: RegistryQuestion) -> Bool {
    question.slot == other.slot && question.model == other.model
      && question.versions.isSuperset(of: other.versions)
      && (question.withMetrics || !other.withMetrics || other.versions.isEmpty)
  }

  /// Whether nothing in it is a failure, which would be worth another attempt.
  var isKnown: Bool {
    let failures = survey.versions.values.filter { if case .failure = $0 { true } else { false } }
    if case .success = survey.contents { return failures.isEmpty }
    return false
  }

  private func seen<Fact>(_ result: Result<Fact, RegistryProblem>) -> Seen<Fact> {
    switch result {
    case .success(let fact): .known(fact, at: at)
    case .failure(let problem): .unknown(problem.blindness, at: at)
    }
  }
}
