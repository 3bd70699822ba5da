package io.s3s3.internal.call;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A question to the location of an attempt before its error counts, and the meaning of
 * the answer. Immutable.
 */
interface Inquiry {

	/**
	 * Return the request that asks the question.
	 */
	S3Request request();

	/**
	 * Return the error that counts given the answer.
	 * @param answer the answer
	 * @return the error, or {@code null} if the attempt succeeded after all
	 */
	@Nullable Throwable errorAfter(@Nullable Object answer);

	/**
	 * Return the error that counts if there is no answer.
	 * @param error what the location answered instead
	 */
	Throwable errorAfter(Throwable error);

	/**
	 * Return the result of an attempt that succeeded after all.
	 * @param answer the answer
	 */
	@Nullable Object resultOf(@Nullable Object answer);

	/**
	 * Return whether the error of the attempt cannot be judged without the answer.
	 */
	default boolean isPreliminary() {
		return false;
	}

	/**
	 * Return whether the outcome of the question is that of the attempt.
	 */
	default boolean isAgain() {
		return false;
	}

	/**
	 * Requests the same in another way: its outcome is the outcome of the attempt.
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
