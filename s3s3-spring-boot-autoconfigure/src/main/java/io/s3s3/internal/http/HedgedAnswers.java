package io.s3s3.internal.http;

import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Judges the answers to a read that was sent twice. Stateless.
 */
final class HedgedAnswers {

	private static final int NOT_MODIFIED = 304;

	private static final int NOT_FOUND = 404;

	private static final int PRECONDITION_FAILED = 412;

	private static final int RANGE_NOT_SATISFIABLE = 416;

	private HedgedAnswers() {
	}

	/**
	 * Return whether an answer to the second request is better than waiting for the first
	 * one: only one that returns what was requested is. A refusal or an absence may come
	 * from a server of the location that knows less than the others.
	 */
	static boolean isGood(SdkHttpResponse answer) {
		return (answer.isSuccessful() && !isPage(answer)) || answer.statusCode() == NOT_MODIFIED;
	}

	/**
	 * Return whether an answer to the first request is the result of the read, whatever
	 * the second one returns, since it describes the object. Anything else is a failure
	 * of the server, or may be one.
	 */
	static boolean isFinal(SdkHttpResponse answer) {
		return isGood(answer) || switch (answer.statusCode()) {
			case NOT_FOUND, PRECONDITION_FAILED, RANGE_NOT_SATISFIABLE -> true;
			default -> false;
		};
	}

	private static boolean isPage(SdkHttpResponse answer) {
		return AnswerSigns.claimsHtml(answer) && !AnswerSigns.describesObject(answer)
				&& !AnswerSigns.hasHeaderOfS3(answer);
	}

}
