// Swift cannot call C functions with a variable number of arguments, and libcurl sets and reads
// every option through one. These wrappers have one function for each type of argument.
// zlib is here because libcurl takes a cut gzip stream for a whole one; see Inflater.swift.

#ifndef RELEASE_CSHIMS_H
#define RELEASE_CSHIMS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>
#include <zlib.h>

/// The shape shared by libcurl's write and header callbacks.
typedef size_t (*shim_receive)(char *bytes, size_t size, size_t count, void *context);


CURLcode shim_set_long(CURL *easy, CURLoption option, long value);
CURLcode shim_set_size(CURL *easy, CURLoption option, int64_t value);
CURLcode shim_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode shim_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode shim_set_headers(CURL *easy, struct curl_slist *list);
CURLcode shim_copy_body(CURL *easy, const void *bytes, int64_t count);
CURLcode shim_set_on_body(CURL *easy, shim_receive function, void *context);
CURLcode shim_set_on_header(CURL *easy, shim_receive function, void *context);
CURLcode shim_set_on_prerequest(CURL *easy, curl_prereq_callback function, void *context);

CURLcode shim_set_on_open_socket(CURL *easy, curl_opensocket_callback function, void *context);

/// Makes a socket that child processes do not inherit; libcurl before 8.16 makes inheritable ones.
curl_socket_t shim_open_socket(const struct curl_sockaddr *address);

CURLcode shim_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode shim_get_size(CURL *easy, CURLINFO info, int64_t *value);
CURLcode shim_get_pointer(CURL *easy, CURLINFO info, void **value);

CURLMcode shim_multi_set_long(CURLM *multi, CURLMoption option, long value);

/// Accepts both the gzip and the zlib wrapping. `inflateInit2` is a macro, which Swift cannot see.
int shim_inflate_begin(z_stream *stream);

#endif
