# The controller: one program, `release`, with what it needs at run time.
#
#   docker build --tag release-controller .
#   docker run --rm release-controller release --help
#
# There is no entry point on purpose: Render, Railway and Heroku replace the command and differ in
# what they do with an entry point.

FROM swift:6.3-bookworm AS build
# Debian keeps only the newest version of a package, so a pinned one would soon fail to install.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libcurl4-openssl-dev libpq-dev libsqlite3-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# SwiftPM looks for the folders of all targets, those of the tests too, whatever it builds.
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY demo demo
RUN swift build --configuration release --product release \
    && install -D --strip "$(swift build --configuration release --show-bin-path)/release" /out/release

# The same Debian and the same Swift libraries, without the compiler.
FROM swift:6.3-bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates git libcurl4 libpq5 libsqlite3-0 openssh-client zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home release \
    && install --directory --owner=release /var/lib/release
COPY --from=build /out/release /usr/local/bin/release
# By number, so that a platform can see that it is not root.
USER 1000
WORKDIR /var/lib/release
CMD ["release", "--help"]
