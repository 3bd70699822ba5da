package io.s3s3.internal.call;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What the location of an attempt is asked before its error counts, and what the answer
 * means. Immutable.
 */
interface Inquiry {

	/**
	 * Return what to ask.
	 */
	S3Request request();

	/**
	 * Return the error that counts after the answer.
	 * @param answer the answer
	 * @return the error, or {@code null} if the attempt has succeeded after all
	 */
	@Nullable Throwable errorAfter(@Nullable Object answer);

	/**
	 * Return the error that counts if there is no answer.
	 * @param error what the location has answered instead
	 */
	Throwable errorAfter(Throwable error);

	/**
	 * Return what the attempt returns that has succeeded after all.
	 * @param answer the answer
	 */
	@Nullable Object resultOf(@Nullable Object answer);

	/**
	 * Return whether only the answer tells what the error of the attempt is worth.
	 */
	default boolean isPreliminary() {
		return false;
	}

	/**
	 * Return whether the outcome is that of the attempt.
	 */
	default boolean isAgain() {
		return false;
	}

	/**
	 * Asks for the same in another way: the outcome of that is the outcome of the
	 * attempt.
	 *
	 * @param request the request
	 * @param isPreliminary whether more may be asked after it
	 */
	record Again(S3Request request, boolean isPreliminary) implements Inquiry {

		@Override
		public @Nullable Throwable errorAfter(@Nullable Object answer) {
			return null;
		}

		@Override
		public Throwable errorAfter(Throwable error) {
			return error;
		}

		@Override
		public @Nullable Object resultOf(@Nullable Object answer) {
			return answer;
		}

		@Override
		public boolean isAgain() {
			return true;
		}

	}

}
