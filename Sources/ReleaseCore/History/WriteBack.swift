extension Debt {
  /// What git is told after an automatic return; nil when it is to be told nothing.
  static func writeBack(after way: Return, in history: History) -> Debt? {
    guard let declared = history.declared, declared.environment.writeBack != .none,
      declared.environment.version == way.from.version
    else { return nil }
    return Debt(
      .writeBack(
        edit: VersionEdit(
          environment: declared.environment.name,
          expecting: way.from.version,
          version: way.version,
          subject: "back to \(way.version) (\(way.cause.summary))",
          body: "Version \(way.from.version) did not pass and was rolled back: \(way.cause.text)",
          trailers: trailers(way.from, to: way.version, in: declared.environment.name)
            + [VersionEdit.Trailer("Release-Rejected", way.from.version.description)]
            + way.cause.trailers
        )
      )
    )
  }

  /// What git is told after a rollback that a person ordered; nil when it is to be told nothing.
  ///
  /// What git took after it was last read is what it declares.
  static func writeBack(of pin: Pin, release: Release?, in history: History) -> Debt? {
    guard let declared = history.declared, declared.environment.writeBack != .none else {
      return nil
    }
    let present = history.gitSays ?? declared.environment.version
    guard present != pin.version else { return nil }
    return Debt(
      .writeBack(
        edit: VersionEdit(
          environment: declared.environment.name,
          expecting: present,
          version: pin.version,
          subject: "back to \(pin.version) (ordered by \(pin.by))",
          body: pin.reason,
          trailers: trailers(release, to: pin.version, in: declared.environment.name)
            + [VersionEdit.Trailer("Release-Ordered-By", pin.by)]
        )
      )
    )
  }

  private static func trailers(
    _ release: Release?,
    to version: VersionNumber,
    in environment: EnvironmentName
  ) -> [VersionEdit.Trailer] {
    (release.map { [VersionEdit.Trailer("Release-Id", $0.id.rawValue)] } ?? []) + [
      VersionEdit.Trailer("Release-Environment", environment.rawValue),
      VersionEdit.Trailer("Release-Version", version.description),
    ]
  }
}

extension Failure {
  /// The machine-readable part for a commit.
  fileprivate var trailers: [VersionEdit.Trailer] {
    switch self {
    case .gate(let name, _, let verdict):
      [
        VersionEdit.Trailer("Release-Gate", name.rawValue),
        VersionEdit.Trailer("Release-Evidence", verdict.text(of: name)),
      ]
    case .deploy(let target, _): [VersionEdit.Trailer("Release-Deploy-Failed", target.rawValue)]
    case .neverServed(let target, _):
      [VersionEdit.Trailer("Release-Never-Served", target.rawValue)]
    case .stoppedServing(let target, _):
      [VersionEdit.Trailer("Release-Stopped-Serving", target.rawValue)]
    }
  }
}
