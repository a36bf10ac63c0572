import CLibcurl
import CShims
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import HTTPWire

/// TCP to a multicast address fails at once, everywhere, and sends nothing: no network leads there.
@Suite(.timeLimit(.minutes(1)))
struct `Failing to connect` {
  /// Connects to port 1, where nobody listens, at each of a host's addresses.
  private func attempt(_ addresses: String) throws -> CurlHandle {
    let handle = try #require(CurlHandle())
    #expect(handle.apply(Request(.get, "http://host.test:1/"), millisecondsLeft: 5000) == CURLE_OK)
    #expect(handle.apply(CurlOptions(), scheme: "http") == CURLE_OK)
    let resolved = curl_slist_append(nil, "host.test:1:" + addresses)
    defer { curl_slist_free_all(resolved) }
    #expect(shim_set_pointer(handle.easy, CURLOPT_RESOLVE, resolved) == CURLE_OK)
    #expect(curl_easy_perform(handle.easy) == CURLE_COULDNT_CONNECT)
    return handle
  }

  @Test func `is no refusal when no way leads to the host`() async throws {
    try await withTransport { transport in
      // The refusal before must not rub off on it.
      for (host, isRefusal) in [("127.0.0.1", true), ("224.0.0.1", false), ("127.0.0.1", true)] {
        let failed = await problem(transport, Request(.get, "http://\(host):1/"))
        guard case .connectFailed(_, let isRefused, let why) = failed else {
          Issue.record("got \(String(describing: failed))")
          return
        }
        #expect(isRefused == isRefusal)
        #expect(why.contains("Network is unreachable") != isRefusal)
      }
    }
  }

  @Test(arguments: ["127.0.0.1", "127.0.0.1,224.0.0.1", "224.0.0.1,127.0.0.1"])
  func `is a refusal when one of the addresses refuses`(_ addresses: String) throws {
    #expect(try attempt(addresses).isRefused)
  }

  @Test(arguments: ["224.0.0.1", "224.0.0.1,224.0.0.2"])
  func `is none when no address does`(_ addresses: String) throws {
    #expect(try !attempt(addresses).isRefused)
  }

  /// Without file descriptors every service would seem to refuse; a process of its own has none.
  @Test func `is no refusal when no socket is to be had, whatever was refused before`()
    async throws
  {
    // Exit tests wait for any child, so the children of other tests hold them up.
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let finished = try await Program.run(
      [program, "--testing-library", "swift-testing", "--filter", "DescriptorlessProcess"],
      variables: ProcessVariables.own.merging([DescriptorlessProcess.variable: "1"]) { $1 }
    )
    #expect(finished.status == 0, "\(finished)")
    #expect((finished.out + finished.err).contains("1 test"), "\(finished)")
  }
}

/// Not a claim: what a test program does that was started to have no descriptors left.
struct DescriptorlessProcess {
  static let variable = "RELEASE_TEST_WITHOUT_DESCRIPTORS"

  @Test(.enabled(if: ProcessVariables.own[variable] != nil))
  func asksWithoutDescriptors() async throws {
    let request = Request(.get, "http://127.0.0.1:1/")
    try await withTransport { transport in
      guard case .connectFailed(_, isRefused: true, _) = await problem(transport, request) else {
        Issue.record("nobody refused")
        return
      }
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
      let failed = await problem(transport, request)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      guard case .connectFailed(_, isRefused: false, _) = failed else {
        Issue.record("got \(String(describing: failed))")
        return
      }
    }
  }
}
