import ReleaseCore

/// One deploy of a service, as far as it matters here.
struct RenderDeploy: Sendable, Equatable {
  /// Its id.
  let id: String
  /// Render's word for where it is.
  let word: String
  /// What caused it: `api` for those ordered as ours are, `new_commit` for a push.
  let trigger: String
  /// When it was created, by Render's clock.
  let createdAt: Moment

  /// What the word means; one that Render has invented since counts as running, never as live.
  var meaning: RenderDeployStatus.Meaning {
    RenderDeployStatus(rawValue: word)?.meaning ?? .running
  }

  /// Whether it was ordered as ours are.
  var isOrdered: Bool { trigger == "api" }

  /// How a message names it.
  var text: String {
    switch trigger {
    case "new_commit": "\(id) (a push)"
    case "": id
    case _: "\(id) (\(trigger))"
    }
  }
}

extension [RenderDeploy] {
  /// Those that were created after the given deploy, the newest first.
  ///
  /// When it is not among them, it is further back than one page of the list: then all are newer.
  func newer(than id: String?) -> [RenderDeploy] {
    let newestFirst = sorted { $0.createdAt > $1.createdAt }
    return Array(newestFirst.prefix { $0.id != id })
  }

  /// The deploy that a mark announced: the first one since then that was ordered as ours are.
  ///
  /// Nil also when the mark is older than the list: another's deploy must not be taken for ours.
  func announced(by mark: RenderMark) -> RenderDeploy? {
    guard mark.after == nil || contains(where: { $0.id == mark.after }) else { return nil }
    return newer(than: mark.after).last { $0.isOrdered }
  }
}
