/// What we tell a service we can read.
enum Accepted {
  /// JSON first; a health path may answer with anything.
  static let json = "application/json, */*;q=0.5"
  /// The metrics formats in Prometheus' own order, then JSON.
  static let metrics = """
    application/openmetrics-text;version=1.0.0;q=0.5,\
    application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,\
    application/json;q=0.2,*/*;q=0.1
    """
  /// Whatever the service has.
  static let anything = "*/*"
}
