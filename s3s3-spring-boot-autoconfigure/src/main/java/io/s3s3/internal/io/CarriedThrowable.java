package io.s3s3.internal.io;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Carries an exception of the caller's own code past an HTTP client that would be damaged
 * by it: after an {@link Error}, Apache's client closes its connections for good, and it
 * leaks one after an undeclared checked exception. Neither happens after a
 * {@link RuntimeException}, which the SDK does not retry either.
 */
public final class CarriedThrowable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Causes may form a cycle. */
	private static final int MAX_DEPTH = 20;

	private final transient Throwable carried;

	private CarriedThrowable(Throwable carried, @Nullable Throwable cause) {
		super("The caller's own code failed", cause, true, false);
		this.carried = carried;
	}

	/**
	 * Return what can be thrown through an HTTP client in place of an error.
	 * @param error the error
	 * @return the error itself, or an exception that carries it
	 * @throws IOException the error, if it is one of these
	 */
	public static RuntimeException carry(Throwable error) throws IOException {
		if (error instanceof IOException exception) {
			throw exception;
		}
		return (error instanceof RuntimeException exception) ? exception : new CarriedThrowable(error, error);
	}

	/**
	 * Return an exception that hides an error from the SDK, which might otherwise retry
	 * the request.
	 * @param error the error
	 * @return what carries it
	 */
	public static RuntimeException carryAlways(Throwable error) {
		return new CarriedThrowable(error, null);
	}

	/**
	 * Return the error that was carried.
	 * @param error what a client threw
	 * @return what the caller's code threw, or the same error if nothing was carried
	 */
	public static Throwable originalOf(Throwable error) {
		return Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause)
			.limit(MAX_DEPTH)
			.filter(CarriedThrowable.class::isInstance)
			.map((carrier) -> ((CarriedThrowable) carrier).carried)
			.findFirst()
			.orElse(error);
	}

}
