import HTTPWire
import ReleaseCore

/// Makes calls of one MLflow server and reads what comes back.
struct MLflowClient: Sendable {
  /// How people call the server, without credentials.
  let place: String
  let requests: MLflowRequests
  let transport: any Transport
  let clock: any ReleaseCore.Clock

  /// What a call brought back.
  enum Answer<Reply: Sendable>: Sendable {
    case reply(Reply)
    case refusal(MLflowRefusal)
  }

  /// A lost connection shows at once when it had been idle for too long; a later loss is another
  /// matter, and asking again would let a dead server stay unnamed for longer than ten seconds.
  private static let repeatWithin = Duration.seconds(1)

  /// Makes a call whose refusals all mean the same to the caller.
  func get<Reply: Decodable & Sendable>(_ type: Reply.Type, _ call: MLflowCall)
    async throws(RegistryProblem) -> Reply
  {
    switch try await ask(type, call) {
    case .reply(let reply): return reply
    case .refusal(let refusal): throw refusal.problem(registry: place)
    }
  }

  /// Makes a call; a refusal is an answer.
  func ask<Reply: Decodable & Sendable>(_ type: Reply.Type, _ call: MLflowCall)
    async throws(RegistryProblem) -> Answer<Reply>
  {
    let response = try await send(call)
    let secrets = requests.credentials.secrets
    guard (200..<300).contains(response.status) else {
      return .refusal(MLflowRefusal(response, to: call, secrets: secrets))
    }
    guard let reply = MLflowReply.decode(type, from: response) else {
      throw MLflowWords.unintelligible(response, to: call, from: place, secrets: secrets)
    }
    return .reply(reply)
  }

  private func send(_ call: MLflowCall) async throws(RegistryProblem) -> Response {
    let begun = clock.now
    do throws(WireProblem) {
      let request = try requests.request(for: call)
      do throws(WireProblem) {
        return try await transport.send(request)
      } catch {
        guard case .connectionLost = error, call.method == .get,
          clock.now - begun < Self.repeatWithin
        else { throw error }
        return try await transport.send(request)
      }
    } catch {
      throw problem(error)
    }
  }

  private func problem(_ error: WireProblem) -> RegistryProblem {
    switch error {
    case .invalidURL, .invalidHeader, .unsupportedScheme:
      .refused(
        registry: place,
        why: error.summary,
        nextStep: "Correct MLFLOW_TRACKING_URI, the model's name or the credentials."
      )
    case .bodyTooLarge, .headersTooLarge, .compressionBomb, .malformedReply:
      .unintelligible(registry: place, why: error.summary, nextStep: MLflowWords.addressStep)
    case .resolveFailed, .connectFailed, .connectTimedOut, .tlsFailed, .timedOut, .connectionLost,
      .proxyFailed, .cancelled, .shutDown, .other:
      .unreachable(registry: place, why: error.summary)
    }
  }
}
