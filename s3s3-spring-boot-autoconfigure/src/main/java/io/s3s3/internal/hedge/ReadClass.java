package io.s3s3.internal.hedge;

import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The kind of read that a request makes. Answers of one kind take about the same time to
 * begin.
 */
public enum ReadClass {

	/** Requests no body. */
	HEAD,

	/** Requests an entire object, of any size. */
	OBJECT,

	/** Requests a range. */
	RANGE;

	/**
	 * Return the class of a request.
	 * @param request the request, a GET or HEAD
	 * @return the class
	 */
	public static ReadClass of(SdkHttpRequest request) {
		if (request.method() == SdkHttpMethod.HEAD) {
			return HEAD;
		}
		return request.firstMatchingHeader("Range").isPresent() ? RANGE : OBJECT;
	}

}
