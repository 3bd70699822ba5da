package io.s3s3.internal.route;

import io.s3s3.internal.text.ErrorCode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Something in a request that only the location that issued it knows, while that location
 * is not known: both are asked in turn.
 */
public enum Sought {

	/**
	 * The id of an upload in parts. Services that do not know it say so in different
	 * ways: {@code NoSuchUpload}, {@code NoSuchKey}, or that the id is not a valid
	 * argument.
	 */
	UPLOAD {

		@Override
		boolean isUnknownBy(S3Exception answer) {
			return answer.statusCode() == 404
					|| (answer.statusCode() == 400 && "InvalidArgument".equals(ErrorCode.of(answer)));
		}

	},

	/**
	 * The token where a listing continues. An unknown one is answered like any other bad
	 * request.
	 */
	LISTING {

		@Override
		boolean isUnknownBy(S3Exception answer) {
			return answer.statusCode() == 400;
		}

	};

	/**
	 * Return whether a location may have given this answer because it does not know what
	 * is sought.
	 * @param error what the location's client threw
	 * @return whether the other location may know it
	 */
	public boolean isUnknownBy(Throwable error) {
		return error instanceof S3Exception answer && isUnknownBy(answer);
	}

	abstract boolean isUnknownBy(S3Exception answer);

}
