// SOCK_CLOEXEC is outside ISO C.
#define _GNU_SOURCE
#include "shims.h"

#include <sys/socket.h>

CURLcode shim_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

CURLcode shim_set_size(CURL *easy, CURLoption option, int64_t value) {
  return curl_easy_setopt(easy, option, (curl_off_t)value);
}

CURLcode shim_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

CURLcode shim_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

CURLcode shim_set_headers(CURL *easy, struct curl_slist *list) {
  return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}

CURLcode shim_copy_body(CURL *easy, const void *bytes, int64_t count) {
  // The size goes first: CURLOPT_COPYPOSTFIELDS copies as many bytes as it says.
  CURLcode result = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (result != CURLE_OK) return result;
  return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count == 0 ? "" : bytes);
}

CURLcode shim_set_on_body(CURL *easy, shim_receive function, void *context) {
  CURLcode result = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, function);
  if (result != CURLE_OK) return result;
  return curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

CURLcode shim_set_on_header(CURL *easy, shim_receive function, void *context) {
  CURLcode result = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, function);
  if (result != CURLE_OK) return result;
  return curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

CURLcode shim_set_on_prerequest(CURL *easy, curl_prereq_callback function, void *context) {
  CURLcode result = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
  if (result != CURLE_OK) return result;
  return curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
}

CURLcode shim_set_on_open_socket(CURL *easy, curl_opensocket_callback function, void *context) {
  CURLcode result = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
  if (result != CURLE_OK) return result;
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

curl_socket_t shim_open_socket(const struct curl_sockaddr *address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

CURLcode shim_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}

CURLcode shim_get_size(CURL *easy, CURLINFO info, int64_t *value) {
  curl_off_t read = 0;
  CURLcode result = curl_easy_getinfo(easy, info, &read);
  *value = (int64_t)read;
  return result;
}

CURLcode shim_get_pointer(CURL *easy, CURLINFO info, void **value) {
  return curl_easy_getinfo(easy, info, value);
}

CURLMcode shim_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

int shim_inflate_begin(z_stream *stream) {
  // 15 is the largest window; 32 asks zlib to tell gzip and zlib wrapping apart by itself.
  return inflateInit2(stream, 15 + 32);
}
