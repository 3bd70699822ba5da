package io.s3s3.internal.upload;

import java.io.IOException;

import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A body cannot be sent again, since its bytes were not kept. Neither the location nor
 * the caller's own code is to blame.
 */
final class UnrecordedException extends SdkClientException {

	UnrecordedException(IOException cause) {
		super(builder().message("The body cannot be sent again: " + cause.getMessage()).cause(cause));
	}

}
