package io.s3s3.internal.operation;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A method of a client that other methods delegate to: it takes a request, and at most a
 * body or a transformer. It is looked up on its first call: looking through all methods
 * of the interface would load the classes of all requests and responses. Thread-safe.
 */
public final class LeafMethod {

	private static final Set<String> LISTINGS = Set.of("listObjects", "listObjectsV2", "listObjectVersions",
			"listMultipartUploads");

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private final Class<?> client;

	private final String name;

	private final String descriptor;

	private final String operation;

	/** Several threads may look it up at first, all with the same result. */
	private volatile @Nullable Call call;

	/**
	 * Create a method.
	 * @param client the interface of the clients that have it
	 * @param name its name
	 * @param descriptor its types, as in a class file
	 */
	public LeafMethod(Class<?> client, String name, String descriptor) {
		this.client = client;
		this.name = name;
		this.descriptor = descriptor;
		this.operation = Character.toUpperCase(name.charAt(0)) + name.substring(1);
	}

	/**
	 * Create a method that takes something besides the request.
	 * @param client the interface of the clients that have it
	 * @param name its name
	 * @param result what it returns
	 * @param request the type of the request
	 * @param argument the type of what it takes besides the request
	 * @return the method
	 */
	public static LeafMethod of(Class<?> client, String name, Class<?> result, Class<?> request, Class<?> argument) {
		return new LeafMethod(client, name,
				MethodType.methodType(result, request, argument).toMethodDescriptorString());
	}

	/**
	 * Return the name of the method.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the types of the method.
	 * @return the types, as in a class file
	 */
	public String descriptor() {
		return this.descriptor;
	}

	/**
	 * Return the name of the operation, such as {@code PutObject}.
	 * @return the name
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * Return whether the method lists keys.
	 * @return whether it does
	 */
	public boolean lists() {
		return LISTINGS.contains(this.name);
	}

	/**
	 * Call the method.
	 * @param client the client
	 * @param request the request
	 * @param argument what it takes besides the request, or {@code null}
	 * @return what it returns
	 * @throws Throwable what it throws
	 */
	public @Nullable Object call(Object client, S3Request request, @Nullable Object argument) throws Throwable {
		Call call = this.call;
		if (call == null) {
			call = find();
			this.call = call;
		}
		return call.of(client, request, argument);
	}

	/**
	 * Have a class made that calls the method as compiled code does: a method handle that
	 * is no constant costs more than all that it calls here.
	 */
	private Call find() throws Throwable {
		MethodType type = MethodType.fromMethodDescriptorString(this.descriptor, this.client.getClassLoader());
		MethodHandle method = LOOKUP.findVirtual(this.client, this.name, type);
		boolean plain = type.parameterCount() == 1;
		MethodHandle made = LambdaMetafactory
			.metafactory(LOOKUP, "of", MethodType.methodType(plain ? PlainCall.class : Call.class),
					method.type().generic(), method, method.type())
			.getTarget();
		return plain ? (PlainCall) made.invokeExact() : (Call) made.invokeExact();
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * Calls the method of a client.
	 */
	private interface Call {

		@Nullable Object of(Object client, Object request, @Nullable Object argument) throws Throwable;

	}

	/**
	 * Calls a method that takes nothing besides the request.
	 */
	private interface PlainCall extends Call {

		@Nullable Object of(Object client, Object request) throws Throwable;

		@Override
		default @Nullable Object of(Object client, Object request, @Nullable Object argument) throws Throwable {
			return of(client, request);
		}

	}

}
