package io.s3s3.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.s3s3.internal.operation.LeafMethod;
import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Finds the {@linkplain LeafMethod leaf methods} of a client, whatever the version of the
 * SDK, in the class file of its interface: reflection would load the classes of all
 * requests and responses.
 */
final class LeafMethods extends ClassVisitor {

	private static final String MODEL = "software/amazon/awssdk/services/s3/model/";

	private static final String FUTURE = Type.getInternalName(CompletableFuture.class);

	private final Class<?> client;

	private final List<String> arguments;

	private final List<LeafMethod> found = new ArrayList<>();

	private LeafMethods(Class<?> client, List<String> arguments) {
		super(SpringAsmInfo.ASM_VERSION);
		this.client = client;
		this.arguments = arguments;
	}

	/**
	 * Find the leaf methods of a client.
	 * @param client its interface
	 * @param arguments what they may take besides the request
	 */
	static List<LeafMethod> find(Class<?> client, Class<?>... arguments) {
		LeafMethods methods = new LeafMethods(client, Stream.of(arguments).map(Type::getInternalName).toList());
		try (InputStream file = client.getResourceAsStream(client.getSimpleName() + ".class")) {
			new ClassReader(file).accept(methods,
					ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the class file of " + client.getSimpleName(), ex);
		}
		return List.copyOf(methods.found);
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
			String @Nullable [] exceptions) {
		if ((access & Opcodes.ACC_STATIC) == 0 && (access & Opcodes.ACC_PUBLIC) != 0 && isLeaf(descriptor)) {
			this.found.add(new LeafMethod(this.client, name, descriptor));
		}
		return null;
	}

	private boolean isLeaf(String descriptor) {
		Type[] parameters = Type.getArgumentTypes(descriptor);
		if (parameters.length == 0 || parameters.length > 2 || !isOfModel(parameters[0], "Request")) {
			return false;
		}
		Type result = Type.getReturnType(descriptor);
		return (parameters.length == 1) ? isOfModel(result, "Response") || isFuture(result)
				: parameters[1].getSort() == Type.OBJECT && this.arguments.contains(parameters[1].getInternalName());
	}

	private static boolean isFuture(Type type) {
		return type.getSort() == Type.OBJECT && type.getInternalName().equals(FUTURE);
	}

	private static boolean isOfModel(Type type, String ending) {
		return type.getSort() == Type.OBJECT && type.getInternalName().startsWith(MODEL)
				&& type.getInternalName().endsWith(ending);
	}

}
