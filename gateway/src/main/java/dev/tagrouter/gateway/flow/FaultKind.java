package dev.tagrouter.gateway.flow;

/** Every way a request can fail, and what HTTP makes of it: the only place where that is decided. */
public enum FaultKind {
    INVALID_HTTP(400, "invalid_request_error", "invalid_http"),
    INVALID_JSON(400, "invalid_request_error", "invalid_json"),
    INVALID_VALUE(400, "invalid_request_error", "invalid_value"),
    MISSING_VALUE(400, "invalid_request_error", "missing_value"),
    DUPLICATE_KEY(400, "invalid_request_error", "duplicate_key"),
    UNSUPPORTED_VALUE(400, "invalid_request_error", "unsupported_value"),
    UNKNOWN_KEY(400, "invalid_request_error", "unknown_key"),
    RELOAD_REFUSED(400, "invalid_request_error", "reload_refused"),
    NO_ELIGIBLE_MODEL(400, "invalid_request_error", "no_eligible_model"),
    INVALID_API_KEY(401, "authentication_error", "invalid_api_key"),
    HOST_NOT_ALLOWED(403, "permission_error", "host_not_allowed"),
    NOT_FOUND(404, "invalid_request_error", "not_found"),
    MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found"),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed"),
    REQUEST_TIMEOUT(408, "invalid_request_error", "request_timeout"),
    BODY_TOO_LARGE(413, "invalid_request_error", "body_too_large"),
    URI_TOO_LONG(414, "invalid_request_error", "uri_too_long"),
    UNSUPPORTED_MEDIA_TYPE(415, "invalid_request_error", "unsupported_media_type"),
    EXPECTATION_FAILED(417, "invalid_request_error", "expectation_failed"),
    HEADERS_TOO_LARGE(431, "invalid_request_error", "headers_too_large"),
    INTERNAL(500, "server_error", "internal_error"),
    UPSTREAM_UNAVAILABLE(502, "upstream_error", "upstream_unavailable"),
    UPSTREAM_TIMEOUT(504, "upstream_error", "upstream_timeout");

    private final int status;
    private final String type;
    private final String code;

    FaultKind(int status, String type, String code) {
        this.status = status;
        this.type = type;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    String type() {
        return type;
    }

    /** The code in the error shape. */
    public String code() {
        return code;
    }
}
