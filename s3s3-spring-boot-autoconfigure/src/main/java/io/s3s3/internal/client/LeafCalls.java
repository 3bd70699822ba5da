package io.s3s3.internal.client;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Constructor;
import java.util.List;

import io.s3s3.internal.operation.LeafMethod;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * Generates the class of a client whose leaf methods all do the same. A JDK proxy would
 * do, but it reflects on the whole interface and so loads the classes of all requests and
 * responses, some 2,500, which takes half a second. The class fits the version of the SDK
 * that is present, whatever operations it has. <pre>
 * public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
 *     return (PutObjectResponse) call(17, request, body);
 * }
 * </pre> A request is passed on as an object, since verifying that it is an S3Request
 * would load its class.
 */
public final class LeafCalls {

	private static final String CALL = "call";

	private static final String CALL_TYPES = "(ILjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

	private final List<LeafMethod> methods;

	/**
	 * Find the leaf methods of a client.
	 * @param client the interface of the client
	 * @param arguments what they may take besides the request
	 */
	public LeafCalls(Class<?> client, Class<?>... arguments) {
		this.methods = LeafMethods.find(client, arguments);
	}

	/**
	 * Return the leaf methods.
	 * @return the methods, in the order of the class file
	 */
	public List<LeafMethod> methods() {
		return this.methods;
	}

	/**
	 * Generate a class. Its leaf methods call
	 * {@code Object call(int method, Object request, Object argument)} of the class that
	 * it extends, with the index of the method in {@link #methods()}.
	 * @param <C> the class to extend
	 * @param lookup the lookup of that class
	 * @param base the class to extend, which has one constructor
	 * @return the constructor of the new class
	 */
	@SuppressWarnings("unchecked") // it extends the class
	public <C> Constructor<? extends C> constructor(Lookup lookup, Class<C> base) {
		Constructor<?> constructor = base.getDeclaredConstructors()[0];
		String name = Type.getInternalName(base) + "$LeafCalls";
		ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
		writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, name, null, Type.getInternalName(base), null);
		writeConstructor(writer, base, Type.getConstructorDescriptor(constructor), constructor.getParameterCount());
		for (int i = 0; i < this.methods.size(); i++) {
			writeCall(writer, name, i, this.methods.get(i));
		}
		try {
			return (Constructor<? extends C>) lookup.defineClass(writer.toByteArray())
				.getDeclaredConstructor(constructor.getParameterTypes());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Could not generate the class of a client", ex);
		}
	}

	private static void writeConstructor(ClassWriter writer, Class<?> base, String descriptor, int parameters) {
		MethodVisitor code = begin(writer, 0, "<init>", descriptor);
		for (int i = 0; i <= parameters; i++) {
			code.visitVarInsn(Opcodes.ALOAD, i);
		}
		code.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(base), "<init>", descriptor, false);
		code.visitInsn(Opcodes.RETURN);
		code.visitMaxs(0, 0);
		code.visitEnd();
	}

	private static void writeCall(ClassWriter writer, String name, int index, LeafMethod method) {
		MethodVisitor code = begin(writer, Opcodes.ACC_PUBLIC, method.name(), method.descriptor());
		code.visitVarInsn(Opcodes.ALOAD, 0);
		code.visitIntInsn(Opcodes.SIPUSH, index);
		code.visitVarInsn(Opcodes.ALOAD, 1);
		if (Type.getArgumentTypes(method.descriptor()).length > 1) {
			code.visitVarInsn(Opcodes.ALOAD, 2);
		}
		else {
			code.visitInsn(Opcodes.ACONST_NULL);
		}
		code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, CALL, CALL_TYPES, false);
		code.visitTypeInsn(Opcodes.CHECKCAST, Type.getReturnType(method.descriptor()).getInternalName());
		code.visitInsn(Opcodes.ARETURN);
		code.visitMaxs(0, 0);
		code.visitEnd();
	}

	private static MethodVisitor begin(ClassWriter writer, int access, String name, String descriptor) {
		MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
		code.visitCode();
		return code;
	}

}
