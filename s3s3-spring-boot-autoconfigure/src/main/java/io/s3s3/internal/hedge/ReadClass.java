package io.s3s3.internal.hedge;

import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What kind of read a request is, by what it asks for: answers of one kind take about as
 * long to begin.
 */
public enum ReadClass {

	/** Asks for no body. */
	HEAD,

	/** Asks for all of an object, of whatever size. */
	OBJECT,

	/** Asks for a range. */
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
