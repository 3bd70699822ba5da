package io.s3s3.internal.io;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Unwraps the exceptions of futures. Stateless.
 */
public final class CompletionErrors {

	private CompletionErrors() {
	}

	/**
	 * Return an error without what futures wrap it in.
	 * @param error what a future failed with
	 * @return the error itself, or the first cause that is not a wrapper
	 */
	public static Throwable causeOf(Throwable error) {
		boolean wrapped = error instanceof CompletionException || error instanceof ExecutionException;
		return (wrapped && error.getCause() != null) ? causeOf(error.getCause()) : error;
	}

}
