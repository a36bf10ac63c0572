import HTTPWire

/// Why a deploy ended, from the service's events.
enum RenderEnding {
  private struct Item: Decodable {
    let event: Event
  }

  private struct Event: Decodable {
    let details: Details
  }

  private struct Details: Decodable {
    let deployId: String?
    let reason: Reason?
  }

  private struct Reason: Decodable {
    let failure: Failure?
    let buildFailed: Reference?
    let newDeploy: Reference?
  }

  private struct Reference: Decodable {
    let id: String
  }

  private struct Failure: Decodable {
    let nonZeroExit: Int?
    let earlyExit: Bool?
    let oomKilled: OutOfMemory?
    let timedOutSeconds: Int?
    let timedOutReason: String?
    let unhealthy: String?
    let evicted: Bool?
  }

  private struct OutOfMemory: Decodable {
    let memoryLimit: String
  }

  /// What the events give as the reason of a deploy's end; nil when they give none.
  static func reason(of deploy: String, in body: [UInt8]) -> String? {
    guard let items: [Item] = RenderReplies.decoded(body),
      let details = items.lazy.map(\.event.details).first(where: { $0.deployId == deploy }),
      let reason = details.reason
    else { return nil }
    var parts = reason.failure.map(parts) ?? []
    if let build = reason.buildFailed { parts.append("build \(build.id) failed") }
    if let newer = reason.newDeploy { parts.append("\(newer.id) took its place") }
    guard !parts.isEmpty else { return nil }
    return Redaction.excerpt(Array(parts.joined(separator: "; ").utf8), limit: 512)
  }

  private static func parts(of failure: Failure) -> [String] {
    var parts: [String] = []
    if let status = failure.nonZeroExit { parts.append("it exited with status \(status)") }
    if failure.earlyExit == true { parts.append("it exited early") }
    if let memory = failure.oomKilled {
      parts.append("it ran out of memory (limit \(memory.memoryLimit))")
    }
    if let seconds = failure.timedOutSeconds { parts.append("it timed out after \(seconds)s") }
    if let why = failure.timedOutReason { parts.append(why) }
    if let why = failure.unhealthy { parts.append("unhealthy: \(why)") }
    if failure.evicted == true { parts.append("it was evicted") }
    return parts
  }
}
