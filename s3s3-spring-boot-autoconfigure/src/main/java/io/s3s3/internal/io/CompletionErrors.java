package io.s3s3.internal.io;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Unwraps what futures fail with. Stateless.
 */
public final class CompletionErrors {

	private CompletionErrors() {
	}

	/**
	 * Return an error without what futures wrap it in.
	 * @param error what a future failed with
	 * @return the error itself, or the first cause that is none of a future's
	 */
	public static Throwable causeOf(Throwable error) {
		boolean wrapped = error instanceof CompletionException || error instanceof ExecutionException;
		return (wrapped && error.getCause() != null) ? causeOf(error.getCause()) : error;
	}

}
