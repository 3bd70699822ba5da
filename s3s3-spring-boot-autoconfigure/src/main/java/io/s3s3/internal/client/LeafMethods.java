package io.s3s3.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.internal.blocking.LeafMethod;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Finds the {@linkplain LeafMethod leaf methods} of {@link S3Client}, whatever version of
 * the SDK it is of, in its class file: to reflect on it would load the classes of all
 * requests and responses.
 */
final class LeafMethods extends ClassVisitor {

	private static final String MODEL = "software/amazon/awssdk/services/s3/model/";

	private static final List<String> ARGUMENTS = List.of(Type.getInternalName(RequestBody.class),
			Type.getInternalName(ResponseTransformer.class));

	private final List<LeafMethod> found = new ArrayList<>();

	private LeafMethods() {
		super(SpringAsmInfo.ASM_VERSION);
	}

	static List<LeafMethod> find() {
		LeafMethods methods = new LeafMethods();
		try (InputStream file = S3Client.class.getResourceAsStream("S3Client.class")) {
			new ClassReader(file).accept(methods,
					ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the class file of S3Client", ex);
		}
		return List.copyOf(methods.found);
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
			String @Nullable [] exceptions) {
		if ((access & Opcodes.ACC_STATIC) == 0 && (access & Opcodes.ACC_PUBLIC) != 0 && isLeaf(descriptor)) {
			this.found.add(new LeafMethod(name, descriptor));
		}
		return null;
	}

	private static boolean isLeaf(String descriptor) {
		Type[] parameters = Type.getArgumentTypes(descriptor);
		if (parameters.length == 0 || parameters.length > 2 || !isOfModel(parameters[0], "Request")) {
			return false;
		}
		return (parameters.length == 1) ? isOfModel(Type.getReturnType(descriptor), "Response")
				: parameters[1].getSort() == Type.OBJECT && ARGUMENTS.contains(parameters[1].getInternalName());
	}

	private static boolean isOfModel(Type type, String ending) {
		return type.getSort() == Type.OBJECT && type.getInternalName().startsWith(MODEL)
				&& type.getInternalName().endsWith(ending);
	}

}
