import ReleaseCore

/// Something that is not as it was wanted, told so that a person can act on it.
struct Complaint: Sendable, Equatable {
  /// What it is about, in one sentence.
  var headline: String
  /// What happened, where the headline does not say it already.
  var what = ""
  /// Why; empty when there is nothing to add.
  var why: String
  /// What a person does about it; empty when nothing is to be done.
  var next: String
  /// The stable code of a problem; nil for an end that is none.
  var code: String?

  /// An end that is not an error of this program but not what was wanted either.
  init(headline: String, why: String, next: String) {
    self.headline = headline
    self.why = why
    self.next = next
  }

  /// A problem, under a headline of its own or of the caller.
  init(_ problem: some Problem, headline: String? = nil) {
    self.headline = headline ?? problem.what
    what = headline == nil ? "" : problem.what
    why = problem.why
    next = problem.nextStep
    code = problem.code
  }

  /// The lines that are printed.
  var lines: [String] {
    var lines = ["release: \(headline)"]
    if !what.isEmpty { lines.append("  what   \(what.quoted(at: 9))") }
    if !why.isEmpty { lines.append("  why    \(why.quoted(at: 9))") }
    if !next.isEmpty {
      lines.append("  next   \(next.quoted(at: 9))\(code.map { "   [\($0)]" } ?? "")")
    }
    return lines
  }
}

/// Prints a complaint the way every one is printed: what, why, next.
func complain(_ complaint: Complaint) {
  for line in complaint.lines { complain(line) }
}

/// Prints a problem.
func complain(_ problem: some Problem, headline: String? = nil) {
  complain(Complaint(problem, headline: headline))
}
