package io.s3s3.internal.blocking;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A method of {@link S3Client} in which others end: it takes a request, and at most a
 * body or a transformer. It is looked up when it is called first: to look through all
 * methods of the interface would load the classes of all requests and responses.
 * Thread-safe.
 */
public final class LeafMethod {

	private static final Set<String> LISTINGS = Set.of("listObjects", "listObjectsV2", "listObjectVersions",
			"listMultipartUploads");

	private static final MethodType WITH_ARGUMENT = MethodType.methodType(Object.class, S3Client.class, Object.class,
			Object.class);

	private final String name;

	private final String descriptor;

	private final String operation;

	/** Whoever comes first looks it up, all with the same result. */
	private volatile @Nullable MethodHandle handle;

	/**
	 * Create a method.
	 * @param name its name
	 * @param descriptor its types, as in a class file
	 */
	public LeafMethod(String name, String descriptor) {
		this.name = name;
		this.descriptor = descriptor;
		this.operation = Character.toUpperCase(name.charAt(0)) + name.substring(1);
	}

	static LeafMethod of(String name, Class<?> result, Class<?> request, Class<?> argument) {
		return new LeafMethod(name, MethodType.methodType(result, request, argument).toMethodDescriptorString());
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

	boolean lists() {
		return LISTINGS.contains(this.name);
	}

	@Nullable Object call(S3Client client, S3Request request, @Nullable Object argument) throws Throwable {
		MethodHandle handle = this.handle;
		if (handle == null) {
			handle = find();
			this.handle = handle;
		}
		return (@Nullable Object) handle.invokeExact(client, (Object) request, argument);
	}

	private MethodHandle find() throws ReflectiveOperationException {
		MethodType type = MethodType.fromMethodDescriptorString(this.descriptor, S3Client.class.getClassLoader());
		MethodHandle method = MethodHandles.publicLookup().findVirtual(S3Client.class, this.name, type);
		MethodHandle any = (type.parameterCount() == 1) ? MethodHandles.dropArguments(method, 2, Object.class) : method;
		return any.asType(WITH_ARGUMENT);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
